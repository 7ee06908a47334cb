// GraphiQL's tabs hold two buttons each, which the role "tab" does not allow: a screen reader cannot reach them. A list whose
// current item is marked says the same.
const CHANGES = {
  "@graphiql/react/dist/components/tabs/index.js": {
    'role: "tab",': "",
    'role: "tablist",': "",
    '"aria-selected": isActive,': '"aria-current": isActive,',
  },
  "graphiql/dist/GraphiQL.js": { 'role: "tabpanel"': 'role: "region"' },
};

/** A Vite plugin. It ends the build where a text that it would change is not there any more. */
export function accessibleTabs() {
  return {
    name: "accessible-tabs",
    transform(code, id) {
      const changes = Object.entries(CHANGES).find(([file]) => id.endsWith(`/node_modules/${file}`))?.[1] ?? {};
      for (const [before, after] of Object.entries(changes)) {
        if (!code.includes(before)) this.error(`${id} has no ${before}`);
        code = code.replace(before, after);
      }
      return { code, map: null };
    },
  };
}
