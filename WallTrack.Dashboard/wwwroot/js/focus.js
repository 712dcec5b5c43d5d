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

// A button that goes away, or stands still, once it was pressed must not take the focus with it: what it stood in gets
// it, or else the page's heading, so that Tab goes on from there and a second Enter does nothing.
(() => {
  let last = null;
  let around = [];

  document.addEventListener('pointerdown', () => last = null, true);
  document.addEventListener('focusin', event => {
    last = event.target;
    around = [];
    for (let place = last.parentElement; place !== null && !place.matches('.door, body'); place = place.parentElement) {
      around.push(place);
    }
  });

  new MutationObserver(() => {
    if (last === null || (last.isConnected && !last.disabled) || (document.activeElement !== document.body && document.activeElement !== last)) {
      return;
    }
    const content = document.getElementById('content');
    const place = around.find(element => element.isConnected) ?? content.querySelector('h1') ?? content;
    if (!place.hasAttribute('tabindex')) {
      place.tabIndex = -1;
    }
    place.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
})();
