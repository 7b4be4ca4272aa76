// Study: what is due, the questions (asking.js), and when each concept comes again.
export default okl.widget({
  name: "study",
  setup(ui) {
    "use strict";
    const { h } = okl;
    const { uid, part, marks, ideas, asked, destroy } = oklAsking(ui);
    const FEW = 6; // concepts that are listed at once
    let all = false;

    const begin = () => { ui.send("start"); ui.focus("stem"); };

    const dueItem = (d) => h("li", { key: d.title },
      h("span", { class: "st-name" }, d.title),
      h("span", { class: "okl-muted okl-small" }, `${d.lesson} · last asked ${d.last}`));

    const due = (list) => [
      h("ul", { class: "okl-plain st-list" }, list.slice(0, FEW).map(dueItem)),
      list.length > FEW
        ? okl.disclosure({
            key: "more", label: `${list.length - FEW} more`, open: all, focusKey: "more", class: "qz-more",
            ontoggle: () => { all = !all; ui.redraw(); },
          }, h("ul", { class: "okl-plain st-list" }, list.slice(FEW).map(dueItem)))
        : null,
    ];

    const size = (s) => h("fieldset", { class: "st-size", key: "size" },
      h("legend", null, "How many reviews a day, at most?"),
      h("div", { class: "qz-pills" }, s.sizes.map((value) =>
        h("label", { class: "qz-pill", key: value },
          h("input", { type: "radio", name: `${uid}-size`, checked: s.size === value, focusKey: `size-${value}`,
                       onchange: () => ui.send("size", { value }) }),
          h("span", null, value)))));

    const coming = (days) => h("dl", { class: "st-days" }, days.map((d) =>
      h("div", { key: d.day }, h("dt", null, d.day), h("dd", null, d.titles.join(", ")))));

    const start = (view) => {
      const { start: s } = view;
      return h("div", { key: "start", class: "okl-stack" },
        h("p", { class: "qz-name okl-muted okl-small" }, view.title),
        h("div", { class: "qz-result", tabindex: "-1", focusKey: "stem" },
          h("p", { class: "okl-title" }, s.headline),
          s.text ? h("p", null, s.text) : null,
          s.batch && !s.more ? h("p", null, `${okl.plural(s.batch, "question")}, about ${okl.plural(s.minutes, "minute")}. Each is a fresh question on the same idea, not the one you had last.`) : null,
          !s.due.length && s.known ? h("p", { class: "okl-muted" }, "Rest is part of it: what is asked again just before it would be forgotten stays longest.") : null,
          !s.known ? h("p", null, "Begin with lesson 1, “Two jobs, one metric”; this page fills as you go on.") : null),
        s.due.length ? part("due", s.more ? "Due, and can wait" : "Due today", due(s.due)) : null,
        s.coming.length ? part("coming", "What comes next", coming(s.coming)) : null,
        s.known ? h("div", { key: "actions" }, okl.actions(size(s), s.batch
          ? okl.button({ kind: s.more ? "secondary" : "primary", label: s.more ? "Go on all the same" : "Start", focusKey: "start", onclick: begin })
          : null)) : null);
    };

    const SIGNS = { right: ["✓", "Right"], partly: ["◐", "Partly right"], wrong: ["✕", "Not right"] };
    const again = (c) => h("li", { key: c.title },
      h("span", { class: "st-name" },
        h("span", { class: `st-${c.mark}`, "aria-hidden": "true" }, `${SIGNS[c.mark][0]} `), h("span", { class: "okl-hidden" }, `${SIGNS[c.mark][1]}: `), c.title),
      h("span", { class: "okl-muted" }, c.again ? `${c.days > 1 ? `in ${c.days} days, ` : ""}${c.again}` : "not scheduled"));

    const end = (view) => {
      const { end: e } = view;
      return h("div", { key: "end", class: "okl-stack" },
        h("p", { class: "qz-name okl-muted okl-small" }, view.title),
        h("div", { class: "qz-result", tabindex: "-1", focusKey: "stem" },
          h("p", { class: "okl-title" }, e.headline)),
        marks(e.marks),
        part("next", "What to do next", h("p", null, e.next)),
        part("again", "When each comes again", h("ul", { class: "okl-plain st-list" }, e.concepts.map(again))),
        e.misconceptions.length ? ideas(e.misconceptions) : null,
        e.calibration ? part("sure", "How sure you were", h("p", null, e.calibration)) : null,
        okl.actions(null, okl.button({ kind: "primary", label: "Back to the overview", focusKey: "back", onclick: () => { ui.send("back"); ui.focus("stem"); } })));
    };

    // Lessons may have been worked on, or a night may have passed, since this page was drawn.
    const renew = () => { if (ui.view.stage === "start" && document.visibilityState === "visible") ui.send("refresh"); };
    const watch = new IntersectionObserver(([entry]) => { if (entry.isIntersecting) renew(); });
    watch.observe(ui.root);
    document.addEventListener("visibilitychange", renew);

    return {
      render(view) {
        const question = asked(view);
        return [
          view.skipped ? okl.banner("notice", view.skipped) : null,
          view.stage === "start" ? start(view) : view.stage === "end" ? end(view) : question,
        ];
      },
      destroy() {
        destroy();
        watch.disconnect();
        document.removeEventListener("visibilitychange", renew);
      },
    };
  },
});
