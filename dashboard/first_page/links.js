// Links, choices and the search go to an address of ours without loading the application anew; so does a click on a map.
(() => {
  const PAGES = __PAGES__

  // Streamlit follows the way back and forth in the history: so it follows an address that is put there.
  const go = ({ pathname, search, hash }) => {
    history.pushState({}, "", pathname + search + hash)
    dispatchEvent(new PopStateEvent("popstate", { state: {} }))
    if (hash) reach(hash.slice(1))
  }

  // Do something with a part of the page once it is drawn.
  const drawn = (id, old, then) => {
    const look = () => {
      const found = document.getElementById(id)
      if (!found || found === old) return
      then(found)
      watch.disconnect()
    }
    const watch = new MutationObserver(look)
    watch.observe(document.body, { childList: true, subtree: true })
    setTimeout(() => watch.disconnect(), 5000)
    look()
  }

  // What was chosen or typed in is drawn anew: the keyboard stays at it.
  const stay = (old) => drawn(old.id, old, (again) => again.focus({ preventScroll: true }))

  // The part of a page that the address names.
  const reach = (id) => drawn(id, null, (part) => part.scrollIntoView())

  const click = (event) => {
    const link = event.target.closest?.("a[href]")
    const otherwise = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (!link || otherwise || event.defaultPrevented) return
    if (link.origin !== location.origin) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" })
    if (link.target === "_blank" || !PAGES.includes(link.pathname)) return
    event.preventDefault()
    go(link)
  }

  const change = ({ target }) => {
    if (!target.matches?.(".fc select")) return
    stay(target)
    go(new URL(target.value, location))
  }

  const submit = (event) => {
    if (!event.target.matches?.("form.search")) return
    event.preventDefault()
    const [typed] = event.target.elements
    const address = new URL(event.target.action)
    address.searchParams.set(typed.name, typed.value)
    stay(typed)
    go(address)
  }

  // On the map of oblasts the page is narrowed to one; on that of communities the community's page opens.
  const pointerover = ({ target }) => {
    const chart = target.closest?.(":is(.st-key-picture, .st-key-communities) .js-plotly-plot")
    if (!chart?.on || chart.picks) return
    chart.picks = true
    chart.on("plotly_click", ({ points: [point] }) => {
      const unit = point.customdata?.[0] ?? point.location
      if (!/^UA\d+$/.test(unit)) return
      const address = new URL(location)
      const oblast = document.querySelector(`#choose-area option[value*="area=${unit}"]`) // its whole code
      const code = oblast ? new URL(oblast.value, location).searchParams.get("area") : unit
      address.searchParams.set("area", code)
      if (chart.closest(".st-key-communities")) address.pathname = "/community"
      go(address)
    })
  }

  // The document's language is that of the page drawn last.
  const read = () => {
    const { lang } = document.querySelector("[data-testid=stApp] .head") ?? {}
    if (lang && lang !== document.documentElement.lang) document.documentElement.lang = lang
  }

  if (location.hash) reach(location.hash.slice(1))
  for (const heard of [click, change, submit, pointerover]) document.addEventListener(heard.name, heard)
  new MutationObserver(read).observe(document.getElementById("root"), { childList: true, subtree: true })
})()
