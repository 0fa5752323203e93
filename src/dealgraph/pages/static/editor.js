// The SPARQL editor: YASGUI in the place of the plain text where its files are installed; else Ctrl+Enter only.
// Nothing is asked of another server: prefixes come from our own list, classes and properties are not looked up.
"use strict";

function rich(form, host) {
  const query = form.elements.query.value;
  const endpoint = new URL(host.dataset.endpoint, window.location.origin).href;
  const { Yasqe } = window.Yasgui;
  Yasqe.defaults.prefixCcApi = new URL(host.dataset.prefixes, window.location.origin).href;
  Yasqe.defaults.autocompleters = ["prefixes", "variables"];
  host.hidden = false;
  const yasgui = new window.Yasgui(host, {
    requestConfig: { endpoint },
    copyEndpointOnNewTab: false,
    persistenceId: "dealgraph",
    populateFromUrl: false,
    autofocus: false,
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [], renderItem: (data, item) => { item.textContent = data.value.endpoint; } },
  });
  // Each query that is opened has a tab of its own, once.
  const tabs = Object.values(yasgui._tabs);
  const same = tabs.find((tab) => tab.getYasqe && tab.persistentJson.yasqe.value === query);
  const tab = same || yasgui.addTab(true, { name: form.dataset.name || "dealgraph", yasqe: { value: query }, requestConfig: { endpoint } });
  yasgui.selectTabId(tab.getId());
  tab.getYasqe().setValue(query);
  named(host, endpoint);
  new MutationObserver(() => named(host, endpoint)).observe(host, { childList: true, subtree: true });
  form.hidden = true;
  if (form.dataset.run) {
    document.getElementById("result")?.remove();
    tab.getYasqe().query().catch(() => {});
  }
}

// What YASGUI leaves without a name for a screen reader, whenever it draws anew.
function named(host, endpoint) {
  const set = (selector, name, value) => host.querySelectorAll(selector).forEach((each) => {
    if (each.getAttribute(name) !== value) each.setAttribute(name, value);
  });
  set(".CodeMirror textarea", "aria-label", "SPARQL");
  set("input.autocomplete", "aria-label", endpoint);
  set(".tabsList .addTab", "role", "tab");
  set(".tabsList .addTab", "aria-selected", "false");
  set(".CodeMirror-scroll", "tabindex", "0");
  set(".tableSizer", "aria-label", "50, 100, 1000");
  set("th.dt-orderable-none", "aria-label", "#");
  // What the graph names has a page here: a term of the ontology one of its own.
  const base = host.dataset.base;
  host.querySelectorAll(`.yasr_results a[href^="${base}"]`).forEach((each) => {
    each.href = `/${each.getAttribute("href").slice(base.length).replace("ontology#", "ontology/")}`;
    each.removeAttribute("target");
  });
}

function plain(form) {
  form.elements.query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      form.requestSubmit(form.querySelector("button[name=run]"));
    }
  });
}

const form = document.getElementById("editor");
try {
  if (window.Yasgui) rich(form, document.getElementById("yasgui"));
  else plain(form);
} catch (error) {
  document.getElementById("yasgui").hidden = true;
  form.hidden = false;
  plain(form);
  console.warn(error);
}
