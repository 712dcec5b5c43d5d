// The reload button of the reconnect notice. A script of its own, because inline handlers are refused by our
// Content-Security-Policy and an empty link would lead to the base address instead of this page.
document.addEventListener('click', event => {
  if (event.target instanceof Element && event.target.closest('[data-reload]')) {
    location.reload();
  }
});
