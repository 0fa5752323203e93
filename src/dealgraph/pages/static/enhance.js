// Names as one types, for every input with `data-suggest`; all pages work without it.
// A combobox after the ARIA authoring practices: arrows choose, Enter takes, Escape closes.
"use strict";

const WAIT = 120; // milliseconds of rest before the server is asked

function combobox(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id || input.name}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels && input.labels[0] ? input.labels[0].textContent : input.name);
  list.hidden = true;
  input.after(list);
  input.parentElement.classList.add("with-suggestions");
  const set = (name, value) => input.setAttribute(name, value);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  input.removeAttribute("list"); // names that the browser itself would offer beside ours
  set("aria-expanded", "false");
  set("aria-controls", list.id);
  let timer = 0, asked = "", chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    set("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (number) => {
    const options = [...list.children];
    chosen = (number + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };
  const take = (option) => {
    if ("go" in input.dataset && option.dataset.href) {
      window.location.assign(option.dataset.href);
    } else {
      input.value = option.dataset.value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    close();
  };
  const show = (found) => {
    list.replaceChildren(...found.map((each, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.value = each.value || each.label;
      option.dataset.href = each.href || "";
      const name = document.createElement("span");
      name.textContent = each.label;
      const kind = document.createElement("small");
      kind.textContent = each.kind || "";
      option.append(name, kind);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    chosen = -1;
    list.hidden = found.length === 0;
    set("aria-expanded", String(found.length > 0));
  };
  const ask = async () => {
    const text = input.value.trim();
    asked = text;
    if (text.length < 2) { close(); return; }
    const address = new URL(input.dataset.suggest, window.location.origin);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const found = answer.ok ? await answer.json() : [];
      if (asked === text && document.activeElement === input) show(found.slice(0, 8));
    } catch {
      close(); // the form still works
    }
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { mark(chosen + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { mark(chosen - 1 < -1 ? -1 : chosen - 1); event.preventDefault(); }
    else if (event.key === "Escape") { close(); event.preventDefault(); }
    else if (event.key === "Enter" && chosen >= 0) { take(list.children[chosen]); event.preventDefault(); }
  });
}

document.querySelectorAll("input[data-suggest]").forEach(combobox);
