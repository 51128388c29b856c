#include "server/workers.hpp"

#include <exception>
#include <utility>

#include <fmt/format.h>

#include "server/log.hpp"

namespace riskbild::server {

Workers::Workers(unsigned threads, std::size_t longest_queue) : longest_queue_(longest_queue)
{
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this] { work_on(); });
}

Workers::~Workers()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    something_to_do_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

bool Workers::run(std::function<void()> work)
{
    {
        std::lock_guard const lock(mutex_);
        if (stopping_ || queue_.size() >= longest_queue_)
            return false;
        queue_.push_back(std::move(work));
    }
    something_to_do_.notify_one();
    return true;
}

void Workers::work_on()
{
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            something_to_do_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (stopping_)
                return;
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        try {
            work();
        } catch (std::exception const& problem) {
            log_error(fmt::format("an answer could not be given: {}", problem.what()));
        }
    }
}

}  // namespace riskbild::server
