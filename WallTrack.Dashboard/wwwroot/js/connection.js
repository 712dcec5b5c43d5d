// What a page does while its server is away. Blazor's own waits grow to half a minute and then end; ours stay short, and
// a server that was restarted, which knows nothing of this page, gets it loaded anew: nobody has to do anything.
(() => {
  const notice = document.getElementById('components-reconnect-modal');
  const is = state => notice.classList.contains(`components-reconnect-${state}`);
  let isAsking = false;

  // Only a server that answers is loaded from: a browser's own error page would lose the address and these lines.
  const loadAnewOnceItAnswers = async () => {
    if (isAsking) {
      return;
    }
    isAsking = true;
    while (is('failed') || is('rejected')) {
      if (await fetch('/favicon.svg', { cache: 'no-store' }).then(answer => answer.ok, () => false)) {
        location.reload();
        break;
      }
      await new Promise(resolve => setTimeout(resolve, 2_000));
    }
    isAsking = false;
  };

  new MutationObserver(() => {
    if (is('failed') || is('rejected')) {
      loadAnewOnceItAnswers();
    }
  }).observe(notice, { attributeFilter: ['class'] });

  // The button of the notice, for when leaving a page was refused, because something in it is not saved. Not an inline
  // handler, which our Content-Security-Policy refuses, nor an empty link, which would lead to the base address.
  document.addEventListener('click', event => {
    if (event.target instanceof Element && event.target.closest('[data-reload]')) {
      location.reload();
    }
  });

  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: 30,
        retryIntervalMilliseconds: 1_000,
      },
    },
  });
})();
