"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.getElementById("tools");
  const found = document.getElementById("found");
  const search = document.getElementById("q");
  const clear = document.getElementById("clear");
  const theme = document.getElementById("theme");
  const selects = all("select", form);
  const darkSheet = document.getElementById("dark");
  const asPreferred = darkSheet.media;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let chosenTheme = null;
  const marks = (element) => new Set(element.dataset.about.split(" "));
  const text = (element) => element.textContent.toLowerCase();

  // Read once: a large week has thousands of entries.
  const groups = all("[data-one]").map((element) => ({
    element,
    nothing: element.querySelector(".nothing"),
    rows: all("[data-row]", element).map((row) => {
      const entries = all("[data-entry]", row);
      const bars = all(".bar", row);
      const parts = entries.map((part, index) => ({ part, bar: bars[index], marks: marks(part), text: text(part) }));
      const own = row.cloneNode(true);
      all("[data-entry]", own).forEach((part) => part.remove());
      return { row, marks: marks(row), text: text(own), parts };
    }),
  }));

  const slots = all(".grid tbody tr");

  function filter() {
    const wanted = selects.map((one) => one.selectedOptions[0].dataset.mark).filter(Boolean);
    const words = search.value.trim().toLowerCase();
    const active = wanted.length > 0 || words !== "";
    const counts = [];
    for (const group of groups) {
      let shown = 0;
      for (const { row, marks: own, text: said, parts } of group.rows) {
        let any = wanted.every((mark) => own.has(mark)) && said.includes(words);
        const whole = any;
        for (const { part, bar, marks: theirs, text: theirText } of parts) {
          const fits = wanted.every((mark) => own.has(mark) || theirs.has(mark)) &&
            (said.includes(words) || theirText.includes(words));
          any = any || fits;
          part.classList.toggle("dim", active && !fits && !whole);
          if (bar) bar.classList.toggle("dim", active && !fits && !whole);
        }
        row.hidden = active && !any;
        shown += any ? 1 : 0;
      }
      if (group.nothing) group.nothing.hidden = !active || shown > 0;
      counts.push(`${shown} of ${group.rows.length} ${group.rows.length === 1 ? group.element.dataset.one : group.element.dataset.many}`);
    }
    for (const slot of slots) slot.hidden = active && !slot.querySelector("[data-row]:not([hidden])");
    for (const one of selects) one.classList.toggle("chosen", one.value !== "");
    search.classList.toggle("chosen", words !== "");
    clear.disabled = !active;
    const chosen = [...selects.filter((one) => one.value).map((one) => one.selectedOptions[0].text), ...(words ? [`“${search.value.trim()}”`] : [])];
    found.textContent = active ? `Showing what is about ${chosen.join(" and ")}: ${counts.join(", ")}.` : "";
  }

  const isDark = () => (chosenTheme ? chosenTheme === "dark" : prefersDark.matches);

  function paint() {
    darkSheet.media = { dark: "screen", light: "not all" }[chosenTheme] ?? asPreferred;
    theme.setAttribute("aria-pressed", String(isDark()));
  }

  function remember(view) {
    const state = new URLSearchParams();
    if (view) state.set("view", view);
    for (const one of selects) if (one.value) state.set(one.name, one.value);
    if (search.value.trim()) state.set("q", search.value.trim());
    if (chosenTheme) state.set("theme", chosenTheme);
    const words = state.toString();
    history.replaceState(null, "", words ? `#${words}` : "#");
  }

  const viewNow = () => new URLSearchParams(location.hash.slice(1)).get("view");

  function go(view, focus) {
    const section = document.getElementById(view);
    if (!section || section.tagName !== "SECTION") return;
    section.scrollIntoView();
    if (focus) document.getElementById(`${view}-h`).focus({ preventScroll: true });
  }

  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const one of selects) {
      const value = state.get(one.name) ?? "";
      one.value = [...one.options].some((option) => option.value === value) ? value : "";
    }
    search.value = state.get("q") ?? "";
    chosenTheme = ["dark", "light"].find((one) => one === state.get("theme")) ?? null;
    paint();
    filter();
    if (state.get("view")) go(state.get("view"), false);
  }

  function changed() {
    filter();
    remember(viewNow());
  }

  let pause = 0;
  search.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(changed, 120); });
  selects.forEach((one) => one.addEventListener("change", changed));
  form.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
  form.addEventListener("reset", () => setTimeout(() => { changed(); search.focus(); }));
  theme.addEventListener("click", () => {
    chosenTheme = isDark() ? "light" : "dark";
    paint();
    remember(viewNow());
  });
  prefersDark.addEventListener("change", paint);
  // A plain jump to a view would put its name where the filter is kept.
  all('a[href^="#"]').forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const view = link.getAttribute("href").slice(1);
    remember(view);
    go(view, true);
  }));
  addEventListener("hashchange", restore);
  form.hidden = false;
  restore();
})();
