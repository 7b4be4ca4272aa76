// Parts of the simulations: sliders, tabs, assumptions. Joined between base.js and a widget's file.
const oklLab = (ui) => {
  "use strict";
  const { h } = okl;
  const SEND_AFTER = 40; // ms
  const moved = new Map(); // slider -> { value, ack, timer } that Python has not confirmed yet

  const valueOf = (id, kept) => {
    const move = moved.get(id);
    if (move?.ack && ui.settled(move.ack)) moved.delete(id);
    return moved.get(id)?.value ?? kept;
  };

  // A slider whose steps are whole numbers; text(step) says the value, note what it is for.
  const slider = ({ id, label, note = "", value, max, min = 0, text }) => {
    const now = valueOf(id, value);
    const field = `${ui.id}-${id}`;
    const send = (step) => {
      clearTimeout(moved.get(id)?.timer);
      const move = { value: step, ack: null };
      move.timer = setTimeout(() => { move.ack = ui.send("set", { field: id, value: move.value }); }, SEND_AFTER);
      moved.set(id, move);
      ui.redraw();
    };
    return h("div", { key: id, class: "okl-slider" },
      h("label", { for: field }, h("b", null, label), h("output", { for: field, class: "okl-slider-value" }, text(now))),
      h("input", { id: field, type: "range", min, max, step: 1, value: now, focusKey: id, "aria-valuetext": text(now), "aria-describedby": note ? `${field}-n` : null,
        oninput: (e) => send(Number(e.currentTarget.value)) }),
      note ? h("p", { id: `${field}-n`, class: "okl-small okl-muted" }, note) : null);
  };

  const tabs = (label, all, now, choose) =>
    h("div", { key: "tabs", class: "okl-tabs", role: "group", "aria-label": label }, all.map(([id, text]) =>
      okl.button({ key: id, label: text, focusKey: `tab-${id}`, "aria-pressed": now === id, onclick: () => choose(id) })));

  // What the toy takes for granted: always on the screen, beneath it.
  const assumptions = (lines) =>
    h("div", { key: "assumptions", class: "okl-assumptions" }, h("p", null, h("b", null, "What this toy takes for granted")),
      h("ul", null, lines.map((t) => h("li", { key: t }, t))));

  return { slider, tabs, assumptions, destroy() { for (const move of moved.values()) clearTimeout(move.timer); } };
};
