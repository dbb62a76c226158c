// The code stands after the # of the link, so that it reaches no server before it is sent.
const code = document.getElementById("code");
if (location.hash.length > 1) {
  code.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  document.querySelector("main button").focus();
}
