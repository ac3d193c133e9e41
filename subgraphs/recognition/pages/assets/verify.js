// Adds what a form alone cannot do: files, drag and drop, and the report on the same page.

const form = document.querySelector('#form')
const text = document.querySelector('#document')
const file = document.querySelector('#file')
const result = document.querySelector('#result')
const maximumBytes = 1_000_000

document.querySelector('#file-part').hidden = false

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void verify(text.value)
})
file.addEventListener('change', () => void verifyFile(file.files[0]))
// Anywhere on the page: a file let go beside the field would otherwise open in its place.
for (const name of ['dragenter', 'dragover']) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    form.classList.add('is-over')
  })
}
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) form.classList.remove('is-over')
})
document.addEventListener('drop', (event) => {
  form.classList.remove('is-over')
  const [dropped] = event.dataTransfer.files
  if (dropped === undefined) return
  event.preventDefault()
  void verifyFile(dropped)
})

async function verifyFile(chosen) {
  if (chosen === undefined) return
  if (chosen.size > maximumBytes) return say(`${chosen.name} is larger than 1 MB`)
  await verify(await chosen.text())
}

async function verify(credential) {
  say('Checking …')
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ document: credential }),
    })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    result.replaceChildren(...page.querySelectorAll('main > section'))
    if (result.children.length === 0) say('The document could not be checked; try again.')
  } catch {
    say('The hub could not be reached; try again.')
  }
}

function say(words) {
  const line = document.createElement('p')
  line.textContent = words
  result.replaceChildren(line)
}
