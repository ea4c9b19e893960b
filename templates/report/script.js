"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  root.classList.add("js");

  /* Leave: the notes are taken out of the page, not only hidden. */
  const cover = byId("cover");
  const leave = () => {
    cover.hidden = false;
    document.body.replaceChildren(cover);
    document.title = "Unit converter";
    root.classList.remove("blurred");
    window.scrollTo(0, 0);
    byId("amount").focus();
  };
  const convert = () => {
    const [factor, offset] = byId("unit").value.split(",").map(Number);
    const amount = Number(byId("amount").value.replace(",", "."));
    byId("answer").textContent = Number.isFinite(amount) ? String(Math.round((amount * factor + offset) * 1000) / 1000) : "";
  };
  cover.addEventListener("input", convert);
  byId("leave").addEventListener("click", leave);

  let shifts = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      shifts = [];
    } else if (!event.repeat) {
      shifts = [...shifts, event.timeStamp].filter((at) => event.timeStamp - at <= 5000);
      if (shifts.length >= 3) leave();
    }
  });

  byId("blur").addEventListener("click", (event) => {
    event.currentTarget.setAttribute("aria-pressed", String(root.classList.toggle("blurred")));
  });
  byId("print").addEventListener("click", () => window.print());

  /* Paper cannot be opened: what is folded is opened before, and folded again after; lists of what is fine stay short. */
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open], .brief, .brief *)")];
    folded.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));

  /* What if: a way in is closed once one of its findings is gone. Nothing is stored. */
  document.querySelectorAll("[data-f]").forEach((spot) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.dataset.finding = spot.dataset.f;
    label.className = "tick";
    label.append(box, " Not about me");
    spot.after(label);
  });
  const whole = byId("now-number")?.textContent;
  const count = () => {
    const gone = new Set();
    const ticked = [...document.querySelectorAll("main input:checked")];
    ticked.forEach((box) => {
      if (box.dataset.finding) gone.add(Number(box.dataset.finding));
      (data.steps[box.dataset.step] || []).forEach((one) => gone.add(one));
    });
    document.querySelectorAll(".task").forEach((task) => {
      task.classList.toggle("done", task.querySelector("input:checked") !== null);
    });
    const open = data.ways.filter((way) => !way.some((one) => gone.has(one))).length;
    const bar = byId("now-bar");
    if (!bar) return;
    bar.setAttribute("width", String(Math.round(1000 * open / data.ways.length) / 10));
    const perhaps = data.least && (open || !data.steps.flat().every((one) => gone.has(one)));
    const told = open.toLocaleString("en") + (perhaps ? "+" : "");
    byId("now-number").textContent = ticked.length === 0 ? whole : told;
    byId("now-text").textContent = ticked.length === 0 ? "" : `${told} of ${whole} ways in stay open.`;
  };
  document.addEventListener("change", count);
  count();

  /* A picture or table is a stop for the keyboard only while it has more to show at its side. */
  const stops = () => document.querySelectorAll(".scroll").forEach((part) => {
    if (part.scrollWidth > part.clientWidth) part.setAttribute("tabindex", "0");
    else part.removeAttribute("tabindex");
  });
  window.addEventListener("resize", stops);
  document.addEventListener("toggle", stops, true);
  stops();

  /* A link to a folded step opens what it lies in. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && byId(link.getAttribute("href").slice(1));
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
  });
})();
