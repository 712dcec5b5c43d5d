// Notices by the browser itself, for when the page is hidden. They need the operator's leave, which browsers give only
// after a click: <browser-notices> is that button while the question is open, and says how it was answered.
window.walltrack = {
  notify(title, text, address) {
    if (document.visibilityState !== 'hidden' || !('Notification' in window) || Notification.permission !== 'granted') {
      return;
    }
    const notice = new Notification(title, { body: text, tag: address, icon: '/favicon.svg' });
    notice.onclick = () => {
      window.focus();
      location.assign(address);
    };
  },
};

customElements.define('browser-notices', class extends HTMLElement {
  connectedCallback() {
    this.show();
    this.addEventListener('click', async event => {
      if (event.target instanceof HTMLButtonElement) {
        await Notification.requestPermission();
        this.show();
      }
    });
  }

  show() {
    const permission = 'Notification' in window ? Notification.permission : 'denied';
    const element = document.createElement(permission === 'default' ? 'button' : 'span');
    element.className = permission === 'default' ? 'button' : 'quiet';
    element.textContent = {
      default: 'Also tell me when this page is hidden',
      granted: 'The browser tells you when this page is hidden',
      denied: 'The browser does not show notices of this page',
    }[permission];
    this.replaceChildren(element);
  }
});
