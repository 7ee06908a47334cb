/** Adds a user whose key reads the API, and three careers, one of them a draft. */
export async function seed(payload, apiKey) {
  const user = { email: "reader@site.example", password: apiKey, enableAPIKey: true, apiKey };
  await payload.create({ collection: "users", data: user });
  const skill = await add(payload, "skills", { name: "Reading clouds" }, { name: "Wolken lesen" });
  const shared = { field: "Weather", skills: [skill] };
  for (const [english, german, low, high, _status] of [
    [["Tide keeper", "Watches the tides."], ["Gezeitenwart", "Achtet auf die Gezeiten."], 40000, 60000, "published"],
    [["Fog bottler", "Bottles fog."], ["Nebelabfüller", "Füllt Nebel ab."], 30000, 45000, "published"],
    [["Rain maker", "Makes rain."], ["Regenmacher", "Macht Regen."], 20000, 30000, "draft"],
  ]) {
    const [en, de] = [english, german].map(([title, summary]) => ({ title, summary, _status }));
    await add(payload, "careers", { ...shared, pay: { low, high }, ...en }, de);
  }
}

/** Adds a document with its texts in both languages, and returns its id. */
async function add(payload, collection, data, german) {
  const { id } = await payload.create({ collection, data });
  await payload.update({ collection, id, locale: "de", data: german });
  return id;
}
