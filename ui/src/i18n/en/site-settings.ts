export const siteSettings = {}
