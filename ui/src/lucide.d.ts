/** Lucide types only its whole index; icons are imported singly, so that the build does not read four thousand files. */
declare module "lucide/dist/esm/icons/*.mjs" {
  const icon: [tag: string, attributes: Record<string, string | number>][]
  export default icon
}
