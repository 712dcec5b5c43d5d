// <curve-plot> around a picture tells the server where the pointer is over it ("plotpoint") and which range was dragged
// ("plotrange"), both in shares of its size. It draws only the range while it is dragged, into a shadow root: all else is
// Blazor's. Whatever it does can be done with the chart's own fields and its slider too.
Blazor.registerCustomEventType('plotpoint', { createEventArgs: event => event.detail });
Blazor.registerCustomEventType('plotrange', { createEventArgs: event => event.detail });

customElements.define('curve-plot', class extends HTMLElement {
  #pauseMs = 40; // between two notices of the pointer
  #leastDragPx = 6; // less is a click
  #band;
  #start = null; // of a drag, in shares
  #point = null; // the latest, not yet sent
  #timer = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    this.#band = document.createElement('div');
    this.#band.part = 'band';
    this.#band.hidden = true;
    root.append(document.createElement('slot'), this.#band);
    this.addEventListener('pointerdown', event => this.#begin(event));
    this.addEventListener('pointermove', event => this.#move(event));
    this.addEventListener('pointerup', event => this.#end(event));
    this.addEventListener('pointercancel', () => this.#stop());
    this.addEventListener('pointerleave', () => this.#send({ x: null, y: null }));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #shares(event) {
    const box = this.getBoundingClientRect();
    const share = (at, from, length) => length > 0 ? Math.min(1, Math.max(0, (at - from) / length)) : 0;
    return { x: share(event.clientX, box.left, box.width), y: share(event.clientY, box.top, box.height) };
  }

  #begin(event) {
    if (event.button === 0) {
      this.#start = this.#shares(event).x;
      this.setPointerCapture(event.pointerId);
      event.preventDefault(); // no text is selected by the way
    }
  }

  #move(event) {
    const point = this.#shares(event);
    if (this.#start !== null) {
      this.#band.hidden = !this.#isDrag(point.x);
      this.#band.style.left = `${100 * Math.min(this.#start, point.x)}%`;
      this.#band.style.width = `${100 * Math.abs(point.x - this.#start)}%`;
    }
    this.#send(point);
  }

  #end(event) {
    const [start, end] = [this.#start, this.#shares(event).x];
    if (start !== null && this.#isDrag(end)) {
      this.#dispatch('plotrange', { from: Math.min(start, end), to: Math.max(start, end) });
    }
    this.#stop();
  }

  #isDrag(x) {
    return Math.abs(x - this.#start) * this.clientWidth >= this.#leastDragPx;
  }

  #stop() {
    this.#start = null;
    this.#band.hidden = true;
  }

  // The first at once, then the latest once a pause is over.
  #send(point) {
    this.#point = point;
    if (this.#timer === 0) {
      this.#flush();
    }
  }

  #flush() {
    if (this.#point === null) {
      this.#timer = 0;
      return;
    }
    this.#dispatch('plotpoint', this.#point);
    this.#point = null;
    this.#timer = setTimeout(() => this.#flush(), this.#pauseMs);
  }

  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
});
