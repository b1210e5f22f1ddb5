/** Text of a fork's manifest that would do harm if a page or a comment took it as its own. */
export const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script></style><!-- & 'x' @team`;
