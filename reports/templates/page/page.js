"use strict";
(() => {
  const form = document.querySelector(".filters");
  const rows = [...document.querySelectorAll("#timeline tr[id]")];
  const marks = new Map([...document.querySelectorAll(".lanes a")].map((mark) => [mark.dataset.for, mark]));
  const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase("en-GB")]));
  const shown = document.getElementById("shown");
  const chosen = (name) => document.getElementById(name)?.value ?? "";
  const holds = (row, name, value) => !value || row.dataset[name].split("\n").includes(value);

  const choose = () => {
    const words = chosen("words").toLocaleLowerCase("en-GB").split(/\s+/).filter(Boolean);
    const agency = chosen("agency");
    let count = 0;
    for (const row of rows) {
      const fits = (!agency || row.dataset.agency === agency) && holds(row, "people", chosen("person")) && holds(row, "kinds", chosen("kind"))
        && holds(row, "questions", chosen("question")) && words.every((word) => texts.get(row).includes(word));
      row.hidden = !fits;
      marks.get(row.id)?.classList.toggle("off", !fits);
      count += fits ? 1 : 0;
    }
    for (const body of document.querySelectorAll("#timeline tbody")) {
      body.hidden = !body.querySelector("tr[id]:not([hidden])");
    }
    shown.textContent = count === rows.length ? `${rows.length} rows.` : `${count} of ${rows.length} rows are shown.`;
  };

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(choose, 120); };
  const show = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row) return;
    if (row.hidden) { form.reset(); choose(); }
    row.closest("details")?.setAttribute("open", "");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  };

  form.hidden = false;
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", show);
})();
