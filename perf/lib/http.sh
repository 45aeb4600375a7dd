# The few HTTP requests the scripts themselves send, with nothing but bash.

# fetch PORT PATH FILE writes a whole response, head and body, to the file.
fetch() {
    {
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
        cat <&3 >"$3"
    } 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1"
}

answers() { fetch "$1" "$2" "$scratch/answer" 2>/dev/null && [[ $(head -c 12 "$scratch/answer") == "HTTP/1.1 200" ]]; }

# await_answer NAME PID PORT PATH returns when the path is answered with 200; fails after 60 s or when the process dies.
await_answer() {
    local deadline=$(($(millis) + 60000))
    until answers "$3" "$4"; do
        kill -0 "$2" 2>/dev/null || fail "$1 died: $(tail -n 3 "$scratch/$1.log")"
        (($(millis) < deadline)) || fail "$1 does not answer: $(tail -n 3 "$scratch/$1.log")"
        sleep 0.005
    done
}

# check_body NAME PORT PATH FILE fails unless the path is answered with 200 and exactly the bytes of the file.
check_body() {
    local size
    size=$(stat -c %s "$4")
    answers "$2" "$3" || fail "$1 answers $3 with: $(head -n 1 "$scratch/answer")"
    tail -c "$size" "$scratch/answer" | cmp -s - "$4" || fail "$1 changes the body of $3"
    sed '/^\r$/q; s/\r$//' "$scratch/answer" | grep -iax "content-length: $size" >/dev/null || fail "$1 does not send the length of $3"
}
