/* The process that holds a pod's namespaces: it waits, collects orphans, and ends when told to. */
#include <signal.h>
#include <unistd.h>

static void quit(int signal_number) {
    (void)signal_number;
    _exit(0);
}

int main(void) {
    signal(SIGINT, quit);
    signal(SIGTERM, quit);
    signal(SIGCHLD, SIG_IGN);
    for (;;) pause();
}
