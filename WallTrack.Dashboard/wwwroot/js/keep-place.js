// A change of the query alone, such as a weight that is moved or a column that is sorted by, leaves the page where it is.
// Blazor's script (9.0) jumps to the top after every navigation; from 10.0 on it does not, and this file can go.
(() => {
  let staysOnPage = false;

  for (const name of ['pushState', 'replaceState']) {
    const change = history[name];
    history[name] = function (state, unused, url) {
      staysOnPage = url != null && new URL(url, location.href).pathname === location.pathname;
      return change.apply(this, arguments);
    };
  }

  const scrollTo = window.scrollTo;
  window.scrollTo = function (x, y) {
    const isJump = x === 0 && y === 0 && staysOnPage;
    staysOnPage = false;
    if (!isJump)
      scrollTo.apply(this, arguments);
  };
})();
