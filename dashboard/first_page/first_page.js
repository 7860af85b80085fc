// Tells Streamlit where its server is, so that it need not ask; then takes the first HTML away, once, when the
// application has drawn as much. Without the server, or where it fails before that, the first HTML stays.
window.__streamlit = { BACKEND_BASE_URL: location.origin, HOST_CONFIG: __HOST_CONFIG__ };
(() => {
  const first = document.getElementById("first");
  const root = document.getElementById("root");
  if (!first) return;
  first.querySelector("[role=status]").hidden = false;
  const drawn = () => {
    if (root.querySelector('[data-testid="stAlert"]')) return true;
    if (!root.querySelector(".fc h1")) return false;
    const finished = root.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
    return finished || (first.querySelector(".cards") && root.querySelector(".fc .cards"));
  };
  // Drawing charts takes a second of preparation: it is begun while the application waits for the server.
  let prepared = !first.dataset.charts;
  const prepare = () => {
    if (prepared || !root.querySelector('[data-testid="stApp"]')) return;
    prepared = true;
    setTimeout(() => import(first.dataset.charts));
  };
  const watch = new MutationObserver(() => {
    prepare();
    if (!drawn()) return;
    watch.disconnect();
    const read = first.scrollTop;
    first.remove();
    const main = root.querySelector('[data-testid="stMain"]');
    if (read && main) main.scrollTop = read;
  });
  watch.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });
})();
