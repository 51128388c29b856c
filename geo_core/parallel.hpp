#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace riskbild {

/// Told how far long work has come, 0..1; returns false to stop it. May be empty.
using Progress = std::function<bool(double)>;

/// Calls `work(first, last)` for stretches of `step` that cover [0, count), from several threads; the
/// caller's own thread works too and is the only one that tells `progress`. Which thread does which stretch
/// is chance: `work` must write only what belongs to its stretch, and not depend on the others. What one of
/// them throws, the caller gets, once all have ended. \return false when `progress` said stop; some stretches
/// are then missing.
template <class Work>
bool for_each_stretch(std::size_t count, std::size_t step, unsigned threads, Progress const& progress,
                      Work const& work)
{
    step = std::max<std::size_t>(step, 1);
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    std::exception_ptr thrown;
    std::mutex guards_thrown;
    auto const take = [&](bool tells) {
        while (!stopped.load(std::memory_order_relaxed)) {
            std::size_t const first = next.fetch_add(step, std::memory_order_relaxed);
            if (first >= count) {
                return;
            }
            try {
                work(first, std::min(count, first + step));
            } catch (...) {
                std::lock_guard const lock(guards_thrown);
                thrown = std::current_exception();
                stopped.store(true, std::memory_order_relaxed);
                return;
            }
            if (tells && progress &&
                !progress(std::min(1.0, static_cast<double>(first + step) / static_cast<double>(count)))) {
                stopped.store(true, std::memory_order_relaxed);
            }
        }
    };
    unsigned wanted = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    wanted = static_cast<unsigned>(std::min<std::size_t>(wanted, (count + step - 1) / step));
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < wanted; ++t) {
        others.emplace_back(take, false);
    }
    take(true);
    others.clear();
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    return !stopped.load();
}

}  // namespace riskbild
