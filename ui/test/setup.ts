/** What jsdom lacks of a browser. */
window.matchMedia = () => new EventTarget() as MediaQueryList
HTMLDialogElement.prototype.showModal = function () {
  this.open = true
}
