#include "cli/commands/stop_signals.hpp"

#include <algorithm>
#include <csignal>

namespace riskbild::cli {
namespace {

using std::chrono::system_clock;

sigset_t stop_set()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

StopSignals::StopSignals()
{
    auto const set = stop_set();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

StopSignals::~StopSignals()
{
    auto const set = stop_set();
    timespec const at_once{};
    while (sigtimedwait(&set, nullptr, &at_once) > 0) {
    }
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

bool StopSignals::wanted() const
{
    if (came_)
        return true;
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

bool StopSignals::wait_until(Instant until)
{
    // In pieces, so that a clock that is set forward meanwhile is noticed.
    constexpr std::chrono::seconds kPiece{60};
    auto const set = stop_set();
    while (!came_) {
        auto const left = until - system_clock::now();
        if (left <= left.zero())
            return true;
        auto const wait = std::min<std::chrono::nanoseconds>(left, kPiece);
        auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(wait);
        timespec const longest{.tv_sec = seconds.count(), .tv_nsec = (wait - seconds).count()};
        came_ = sigtimedwait(&set, nullptr, &longest) > 0;
    }
    return false;
}

}  // namespace riskbild::cli
