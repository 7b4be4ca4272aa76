// KpiAudit: a table of one's own measures, and one of them with its four questions.
export default okl.widget({
  name: "kpi-audit",
  setup(ui) {
    const { h, button, actions } = okl;
    const SEND_AFTER = 150, REST_AFTER = 700; // ms after a key
    const MARKS = { yes: ["✓", "Yes"], no: ["✕", "No"], unsure: ["?", "Not sure"], "": ["·", "Open"] };
    const typed = new Map(); // "id field" -> { id, field, value, ack, timer }
    let fresh = "";
    let panel = null; // "paste" or "export"
    let pasteText = null; // null: what had no room last time
    let copied = false;
    let restTimer = null;

    // -- typing: shown from `typed` until Python has it, so that no letter is ever taken back -------

    const send = (entry) => { if (!entry.ack) { clearTimeout(entry.timer); entry.ack = ui.send("edit", { id: entry.id, field: entry.field, text: entry.value }); } };
    const sendAll = () => { for (const entry of typed.values()) send(entry); };
    const rest = () => { clearTimeout(restTimer); restTimer = setTimeout(() => { restTimer = null; sendAll(); ui.send("rest"); }, REST_AFTER); };
    const type = (id, field, value) => {
      const key = `${id} ${field}`;
      clearTimeout(typed.get(key)?.timer);
      const entry = { id, field, value, ack: null };
      entry.timer = setTimeout(() => send(entry), SEND_AFTER);
      typed.set(key, entry);
      rest();
    };
    const current = (id, field, kept) => typed.get(`${id} ${field}`)?.value ?? kept;
    const forget = () => { for (const [key, entry] of typed) if (entry.ack && ui.settled(entry.ack)) typed.delete(key); };
    const act = (kind, data = {}) => { sendAll(); return ui.send(kind, data); };
    const onHide = () => { if (document.visibilityState === "hidden") { sendAll(); if (restTimer !== null) { clearTimeout(restTimer); restTimer = null; ui.send("rest"); } } };
    document.addEventListener("visibilitychange", onHide);

    // -- the table -----------------------------------------------------------------------------------

    const mark = (answer) => h("span", { class: `ka-mark ka-${answer || "open"}` }, h("span", { "aria-hidden": "true" }, MARKS[answer][0]), h("span", { class: "ka-word" }, MARKS[answer][1]));

    const table = (view) => h("div", { key: "table", class: "ka-scroll", "data-scroll": "", tabindex: "0", role: "region", "aria-label": "All measures" },
      h("table", { class: "ka-table" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, "Measure"), view.criteria.map((c) => h("th", { key: c.id, scope: "col" }, c.label)))),
        h("tbody", null, view.table.map((row) => h("tr", { key: row.id, class: row.id === view.here?.id ? "ka-now" : "" },
          h("th", { scope: "row" }, h("button", { type: "button", class: "okl-button okl-quiet ka-open", "aria-current": row.id === view.here?.id ? "true" : null, focusKey: `row-${row.id}`,
            onclick: () => { ui.focus("name"); act("show", { id: row.id }); } }, h("span", null, current(row.id, "name", row.name) || "no name"))),
          row.cells.map((answer, i) => h("td", { key: view.criteria[i].id }, mark(answer))))))));

    // -- one measure ---------------------------------------------------------------------------------

    const criterion = (view, m, c) => {
      const now = m.answers[c.id];
      const note = m.notes[c.id];
      const name = `${ui.id}-${m.id}-${c.id}`;
      return h("fieldset", { key: `${m.id}-${c.id}`, class: `ka-criterion ka-is-${now || "open"}` },
        h("legend", null, h("b", null, `${c.label}. `), c.ask),
        h("div", { class: "ka-answers" }, view.answers.map((a) => h("label", { key: a.id, class: "okl-option", for: `${name}-${a.id}` },
          h("input", { type: "radio", id: `${name}-${a.id}`, name, checked: now === a.id, focusKey: `${c.id}-${a.id}`, onchange: () => act("answer", { id: m.id, criterion: c.id, answer: a.id }) }),
          h("span", null, a.text)))),
        h("label", { class: "okl-small okl-muted", for: `${name}-why` }, "What makes you say so?"),
        h("textarea", { id: `${name}-why`, class: "okl-field ka-line", rows: 1, maxlength: view.limits.reason, dir: "auto", focusKey: `${c.id}-why`,
          value: current(m.id, c.id, m.reasons[c.id]), oninput: (e) => type(m.id, c.id, e.currentTarget.value), onblur: sendAll }),
        h("div", { class: "ka-note" },
          note.gap ? h("p", null, h("b", null, "Gap: "), note.gap + ".") : null,
          note.ask ? h("p", null, h("b", null, "Ask next: "), note.ask) : null));
    };

    const one = (view) => {
      const m = view.here;
      if (!m) return null;
      const id = `${ui.id}-${m.id}`;
      return h("section", { key: `one-${m.id}`, class: "ka-one okl-stack", "aria-label": "The measure that you look at" },
        h("div", { class: "ka-head" },
          h("label", { for: `${id}-name`, class: "ka-label" }, okl.roleMark("kpi"), h("span", null, "Measure")),
          h("input", { id: `${id}-name`, type: "text", class: "okl-field", maxlength: view.limits.name, dir: "auto", autocomplete: "off", focusKey: "name", "data-focus-home": "",
            value: current(m.id, "name", m.name), oninput: (e) => type(m.id, "name", e.currentTarget.value), onblur: sendAll })),
        h("div", { class: "ka-criteria" }, view.criteria.map((c) => criterion(view, m, c))),
        h("p", { class: "okl-small okl-muted" }, view.frame),
        m.gaps || m.next || typed.has(`${m.id} next`) ? h("div", null,
          h("label", { for: `${id}-next`, class: "ka-label" }, "Next step, and whose it is"),
          h("textarea", { id: `${id}-next`, class: "okl-field ka-line", rows: 2, maxlength: view.limits.reason, dir: "auto", focusKey: "next", value: current(m.id, "next", m.next),
            oninput: (e) => type(m.id, "next", e.currentTarget.value), onblur: sendAll }),
          m.next_ask ? h("p", { class: "ka-note" }, h("b", null, "Ask next: "), m.next_ask) : null) : null,
        h("p", { class: "ka-state" }, h("b", null, "So far: "), m.state + "."),
        actions(
          button({ label: "Remove this measure", focusKey: "remove", onclick: () => { ui.focus("undo"); act("remove", { id: m.id }); } }),
          view.following ? button({ key: "following", label: "Next measure", kind: "primary", focusKey: "following", onclick: () => { ui.focus("name"); act("show", { id: view.following }); } }) : null));
    };

    // -- adding --------------------------------------------------------------------------------------

    const add = (view) => {
      if (!fresh.trim()) { ui.focus("fresh"); ui.redraw(); return; }
      act("add", { name: fresh.trim() });
      if (view.room > 0) fresh = "";
      ui.focus(view.room > 0 ? "name" : "fresh");
      ui.redraw();
    };
    const takePaste = (text) => { pasteText = null; panel = null; ui.focus("paste"); act("paste", { text }); };

    const adding = (view) => h("div", { key: "adding", class: "ka-adding" },
      h("label", { for: `${ui.id}-fresh`, class: "ka-label" }, view.table.length ? `Add a measure (room for ${view.room} more)` : "A measure that your company calls a KPI"),
      h("div", { class: "ka-row" },
        h("input", { id: `${ui.id}-fresh`, type: "text", class: "okl-field", value: fresh, maxlength: view.limits.name, dir: "auto", autocomplete: "off", focusKey: "fresh",
          oninput: (e) => { fresh = e.currentTarget.value; ui.redraw(); },
          onkeydown: (e) => { if (e.key === "Enter") { e.preventDefault(); add(view); } },
          onpaste: (e) => {
            const text = e.clipboardData?.getData("text/plain") || "";
            if (!/\n\s*\S/.test(text.trim())) return; // one line is just typed in
            e.preventDefault();
            act("paste", { text });
          } }),
        button({ label: "Add", "aria-label": "Add the measure", focusKey: "add", onclick: () => add(view) })));

    const pasting = (view) => {
      const text = pasteText ?? view.left;
      return panel === "paste" || view.left ? h("section", { key: "paste", class: "ka-panel okl-stack", "aria-label": "Paste a list" },
        h("label", { for: `${ui.id}-paste`, class: "ka-label" }, view.left ? "These had no room" : "Paste a list"),
        h("p", { class: "okl-small okl-muted" }, `Copy a column of a spreadsheet, or lines of a document. ${view.most} measures fit.`),
        h("textarea", { id: `${ui.id}-paste`, class: "okl-field", rows: 4, value: text, dir: "auto", focusKey: "paste-text", oninput: (e) => { pasteText = e.currentTarget.value; } }),
        actions(
          view.left ? null : button({ label: "Cancel", focusKey: "paste-cancel", onclick: () => { panel = null; ui.focus("paste"); ui.redraw(); } }),
          button({ label: "Add these measures", focusKey: "paste-take", onclick: () => takePaste(pasteText ?? view.left) }))) : null;
    };

    // -- taking it away --------------------------------------------------------------------------------

    const copy = async (text, field) => {
      try { await navigator.clipboard.writeText(text); copied = true; } catch {
        const area = ui.root.querySelector(`#${CSS.escape(field)}`);
        area?.focus();
        area?.select();
        try { copied = document.execCommand("copy"); } catch { copied = false; }
      }
      ui.announce(copied ? "Copied." : "The text is selected. Press Ctrl and C to copy it.");
      ui.redraw();
    };
    const download = (file) => {
      const first = file.format === "csv" ? "\ufeff" : ""; // Excel takes a CSV file for UTF-8 only with it
      const url = URL.createObjectURL(new Blob([first + file.text], { type: `${file.type};charset=utf-8` }));
      const link = document.createElement("a");
      link.href = url;
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      ui.announce(`${file.name} is in your downloads.`);
    };
    const exporting = (view) => {
      const file = view.export;
      if (panel !== "export" || !file) return null;
      const field = `${ui.id}-export`;
      return h("section", { key: "export", class: "ka-panel okl-stack", "aria-label": "Take it with you" },
        h("div", { class: "ka-answers", role: "group", "aria-label": "Format" }, [["markdown", "Markdown"], ["csv", "CSV (spreadsheet)"]].map(([format, label]) =>
          button({ key: format, label, "aria-pressed": file.format === format, focusKey: `format-${format}`, onclick: () => { copied = false; act("export", { format }); } }))),
        h("label", { for: field, class: "ka-label" }, file.name),
        h("textarea", { id: field, class: "okl-field ka-file", rows: 8, readonly: true, value: file.text, focusKey: "export-text", "data-scroll": "" }),
        actions(
          [button({ label: "Close", focusKey: "export-close", onclick: () => { panel = null; ui.focus("export"); act("export", { format: "" }); } }),
            button({ label: copied ? "✓ Copied" : "Copy the text", focusKey: "copy", onclick: () => copy(file.text, field) })],
          button({ label: "Download the file", focusKey: "download", onclick: () => download(file) })));
    };

    return {
      render(view) {
        forget();
        const any = view.table.length > 0;
        return [
          h("div", { key: "top" }, h("p", { class: "okl-title" }, "Audit your own KPIs"),
            h("p", { class: "okl-small okl-muted" }, "Saved as you write. Nothing leaves this computer, and nothing is marked: gaps are named, and you decide.")),
          any ? table(view) : h("div", { key: "welcome", class: "okl-empty" }, h("p", null, "No measures yet. Type one below, paste a list, or look at an example first."),
            h("div", { class: "ka-answers ka-start" }, button({ label: "Show me an example", focusKey: "example", onclick: () => { ui.focus("name"); act("example"); } }))),
          view.remarks.length ? h("ul", { key: "remarks", class: "ka-remarks" }, view.remarks.map((r) => h("li", { key: r }, r))) : null,
          view.undo ? h("div", { key: "undo", class: "ka-undo" }, h("p", null, view.undo + "."), button({ label: "Undo", "aria-label": `Undo: ${view.undo}`, focusKey: "undo", onclick: () => { ui.focus("name"); act("undo"); } })) : null,
          one(view),
          view.room > 0 ? adding(view) : h("p", { key: "full", class: "okl-small okl-muted" }, `${view.most} measures are as many as fit here, and more than can be key.`),
          pasting(view),
          exporting(view),
          h("div", { key: "actions", class: "ka-foot" },
            view.room > 0 && panel !== "paste" ? button({ label: "Paste a list", focusKey: "paste", onclick: () => { panel = "paste"; ui.focus("paste-text"); ui.redraw(); } }) : null,
            panel !== "export" ? button({ label: "Take it with you", focusKey: "export", disabled: !any, onclick: () => { panel = "export"; copied = false; ui.focus("format-markdown"); act("export", { format: "markdown" }); } }) : null),
        ];
      },
      destroy() {
        document.removeEventListener("visibilitychange", onHide);
        sendAll();
        if (restTimer !== null) { clearTimeout(restTimer); ui.send("rest"); }
      },
    };
  },
});
