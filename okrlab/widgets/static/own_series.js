// OwnSeries: a field to paste into, a file to open, and what was read. Python reads; the chart follows below.
export default okl.widget({
  name: "own-series",
  setup(ui) {
    const { h } = okl;
    let text = null; // what stands in the field
    let timer = null;
    let local = null; // trouble with a file before Python sees it

    const typed = (view) => text ?? view.text;

    const read = (value, file = "") => {
      clearTimeout(timer);
      local = null;
      ui.focus("read");
      ui.send("read", { text: value, file });
    };

    const onInput = (e) => {
      text = e.target.value;
      ui.redraw();
      clearTimeout(timer);
      if (text.length > ui.view.most) return;
      timer = setTimeout(() => ui.send("type", { text }), 400);
    };

    const open = async (e) => {
      const [file] = e.target.files;
      e.target.value = "";
      if (!file) return;
      const bytes = file.size > 4 * ui.view.most ? null : new Uint8Array(await file.arrayBuffer());
      if (!bytes) local = `“${file.name}” is too large: ${(4 * ui.view.most) / 1000} kB at most are read. Keep the columns for date and value.`;
      else if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) {
        local = `“${file.name}” is a workbook, not a CSV file. Copy its cells and paste them here, or save it as CSV first.`;
      } else {
        const kinds = bytes[0] === 0xff && bytes[1] === 0xfe ? ["utf-16le"] : bytes[0] === 0xfe && bytes[1] === 0xff ? ["utf-16be"] : ["utf-8", "windows-1252"];
        const decode = (kind) => { try { return new TextDecoder(kind, { fatal: true }).decode(bytes); } catch { return null; } };
        const found = kinds.map(decode).find((t) => t !== null);
        if (found === undefined || found.includes("\0")) local = `“${file.name}” is not a text file. Save the table as CSV and try again.`;
        else { text = found; ui.redraw(); read(found, file.name); return; }
      }
      ui.announce(local);
      ui.redraw();
    };

    const select = (field, label, value, options) =>
      h("label", { key: field, class: "own-field" }, h("span", { class: "okl-small okl-muted" }, label),
        h("select", { class: "okl-field", focusKey: `set-${field}`, value, onchange: (e) => ui.send("set", { field, to: e.target.value }) },
          options.map((o) => h("option", { key: o.id, value: o.id }, o.label))));

    const named = (names) => names.map((n) => ({ id: n, label: n }));

    const details = (view, t, r) =>
      h("fieldset", { key: "details", class: "own-details" },
        h("legend", null, h("b", null, "What the chart should know")),
        select("value", "Values", t.value, named(t.columns)),
        select("date", "Dates", t.date, [{ id: "", label: "as found, or none" }, ...named(t.columns)]),
        select("period", "One row is one", t.period, t.periods),
        select("better", "It gets better", t.better, t.betters),
        h("label", { key: "unit", class: "own-field" }, h("span", { class: "okl-small okl-muted" }, "Unit"),
          h("input", { class: "okl-field", type: "text", maxlength: 20, autocomplete: "off", focusKey: "set-unit", value: t.unit, placeholder: "%, days, …",
            onchange: (e) => ui.send("set", { field: "unit", to: e.target.value }) })),
        r ? h("label", { key: "base", class: "own-field" }, h("span", { class: "okl-small okl-muted" }, `Limits from the first … of ${r.points} points`),
          h("input", { class: "okl-field", type: "number", min: r.least, max: r.points, step: 1, focusKey: "set-base", value: r.base,
            onchange: (e) => {
              const to = Number(e.target.value);
              if (Number.isInteger(to)) ui.send("set", { field: "base", to });
            } })) : null);

    return {
      render(view) {
        const { table, read: r } = view;
        const value = typed(view);
        const long = value.length > view.most;
        const problem = local ?? (long ? `This is too long: ${value.length} characters, and ${view.most} are read at most. Keep the columns for date and value.` : view.problem);
        const fieldId = `${ui.id}-text`;
        return [
          h("p", { key: "title", class: "okl-title" }, "Your own figures"),
          h("div", { key: "paste", class: "okl-stack own-paste" },
            h("label", { for: fieldId }, h("b", null, "Paste a table"), h("span", { class: "okl-muted" }, ` from a spreadsheet or a CSV file: a column with dates, one with values, at most ${view.rows} rows.`)),
            h("textarea", { id: fieldId, class: "okl-field own-text", focusKey: "text", spellcheck: "false", rows: 6, placeholder: view.example, value, oninput: onInput }),
            h("p", { class: "okl-small okl-muted" }, "Nothing leaves this computer. The field is kept until you empty it.")),
          h("div", { key: "do" }, okl.actions([
            h("label", { key: "file", class: "okl-button okl-secondary own-file", for: `${ui.id}-file` },
              h("input", { id: `${ui.id}-file`, class: "own-input", type: "file", accept: ".csv,.txt,.tsv,text/csv,text/plain", focusKey: "file", onchange: open }), h("span", null, "Open a CSV file")),
            value ? okl.button({ key: "clear", kind: "quiet", label: "Empty the field", focusKey: "clear", onclick: () => { text = ""; local = null; clearTimeout(timer); ui.focus("text"); ui.send("clear"); } }) : null,
          ], okl.button({ kind: "primary", label: r ? "Draw it again" : "Draw the chart", focusKey: "draw", disabled: long || !value.trim(), title: value.trim() ? null : "Paste a table first.", onclick: () => read(value) }))),
          problem ? h("div", { key: "problem", class: "okl-feedback okl-is-wrong", tabindex: "-1", focusKey: "read" }, h("p", null, okl.verdict(false, "Not read yet")), h("p", null, problem)) : null,
          !problem && r ? h("div", { key: "read", class: "okl-feedback okl-is-right", tabindex: "-1", focusKey: "read" }, h("p", null, okl.verdict(true, r.words)), r.notes.map((n) => h("p", { key: n }, n))) : null,
          table ? details(view, table, problem ? null : r) : null,
        ];
      },
      destroy: () => { clearTimeout(timer); },
    };
  },
});
