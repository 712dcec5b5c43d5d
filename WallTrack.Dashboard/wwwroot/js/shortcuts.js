// Keys for those who would rather not reach for the mouse. They stand back while somebody is typing, while a dialog of
// another kind is open, and when a modifier makes them somebody else's.
(() => {
  const help = () => document.querySelector('dialog[data-shortcuts]');
  const isTyping = target => target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
  const isVisible = element => element.getClientRects().length > 0;

  const focusSearch = () => {
    const search = [...document.querySelectorAll('main input[type="search"], main [data-search] input, main input[data-search]')].find(isVisible);
    search?.focus();
    return search !== undefined;
  };

  // Rows are links or rows of a table that hold one; the row in hand is the one with the focus.
  const moveRow = step => {
    const links = [...document.querySelectorAll('main tbody tr, main [data-row]')]
      .map(row => row.matches('a[href]') ? row : row.querySelector('a[href]'))
      .filter(link => link !== null && isVisible(link));
    if (links.length === 0) {
      return false;
    }
    const row = document.activeElement?.closest('main tbody tr, main [data-row]');
    const at = row ? links.findIndex(link => row.contains(link)) : -1;
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    links[next].focus();
    links[next].scrollIntoView({ block: 'nearest' });
    return true;
  };

  const goTo = address => {
    if (window.Blazor) {
      Blazor.navigateTo(address);
    } else {
      location.assign(address);
    }
    return true;
  };

  const keys = {
    '/': focusSearch,
    'n': () => goTo('/batches/new'),
    'j': () => moveRow(1),
    'k': () => moveRow(-1),
    '?': () => {
      help()?.showModal();
      return true;
    },
  };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open], [role="dialog"]')) {
      return;
    }
    if (keys[event.key]?.()) {
      event.preventDefault();
    }
  });

  document.addEventListener('click', event => {
    if (!(event.target instanceof Element)) {
      return;
    }
    if (event.target.closest('[data-open-shortcuts]')) {
      help()?.showModal();
    } else if (event.target.closest('[data-close-shortcuts]') || event.target === help()) {
      help()?.close();
    }
  });
})();
