// <local-time datetime="2026-01-05T12:00:00Z">2026-01-05 12:00 UTC</local-time> shows the instant in the browser's zone. It
// draws into a shadow root, so that Blazor owns the element and its attributes and this script what is seen.
customElements.define('local-time', class extends HTMLElement {
  static observedAttributes = ['datetime'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
  }

  attributeChangedCallback(name, before, instant) {
    const time = new Date(instant);
    const two = number => String(number).padStart(2, '0');
    this.shadowRoot.textContent = Number.isNaN(time.getTime())
      ? instant
      : `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
  }
});
