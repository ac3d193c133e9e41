// Starts GraphiQL with the example operations as a menu. Loaded after React and GraphiQL, which are globals here.
/* global React, ReactDOM, GraphiQL */
async function startExplorer() {
  const examples = await fetch('/explorer/examples.json').then((answer) => answer.json())
  const menu = document.getElementById('examples')
  for (const [index, example] of examples.entries()) {
    menu.append(new Option(example.description || example.name, String(index)))
  }
  const fetcher = GraphiQL.createFetcher({ url: '/graphql' })
  const root = ReactDOM.createRoot(document.getElementById('explorer'))
  // A new key per choice opens GraphiQL afresh with the chosen example in its editor.
  const show = (index) => {
    const query = examples[index]?.query ?? ''
    root.render(
      React.createElement(GraphiQL, {
        key: index,
        fetcher,
        query,
        defaultQuery: query,
        shouldPersistHeaders: false,
      }),
    )
  }
  menu.addEventListener('change', () => show(Number(menu.value)))
  show(0)
}

startExplorer().catch((error) => {
  document.getElementById('explorer').textContent = `The explorer could not start: ${error.message}`
})
