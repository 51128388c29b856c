#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace riskbild::server {

/// A few threads for answers that take computing, so that those that serve connections never wait.
class Workers {
public:
    Workers(unsigned threads, std::size_t longest_queue);
    /// Finishes what was begun and drops the rest.
    ~Workers();
    Workers(Workers const&) = delete;
    Workers& operator=(Workers const&) = delete;

    /// \return false when the queue is full; the work is then not done
    bool run(std::function<void()> work);

private:
    void work_on();

    std::size_t const longest_queue_;
    std::mutex mutex_;
    std::condition_variable something_to_do_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace riskbild::server
