// Where the keyboard's focus is and was is known here, not on the server.
window.walltrackFocus = {
  before: null,

  first(selector) {
    document.querySelector(selector)?.focus();
  },

  take(element) {
    this.before = document.activeElement;
    element.focus();
  },

  giveBack() {
    this.before?.focus();
  },
};
