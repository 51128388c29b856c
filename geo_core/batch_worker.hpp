#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild {

/// Does work on items in a thread of its own, in the order in which they come, so that the next items are
/// made meanwhile. Whoever makes them faster than they are worked on waits.
///
///     BatchWorker<Row> worker{[&](Row& row) { return write(row); }};
///     for (auto row : rows)
///         if (auto pushed = worker.push(std::move(row)); !pushed)
///             return pushed;
///     return worker.finish();
///
/// The first error ends the work: it is the answer to the next `push` that waits, or to `finish`; an
/// exception comes out there too. What the work touches belongs to its thread until `finish` returns.
template <class Item>
class BatchWorker {
public:
    using Work = std::function<Result<void>(Item&)>;

    explicit BatchWorker(Work work) : work_(std::move(work)), thread_([this] { run(); }) {}
    BatchWorker(BatchWorker const&) = delete;
    BatchWorker& operator=(BatchWorker const&) = delete;

    /// Without `finish` the items that wait are dropped.
    ~BatchWorker()
    {
        if (thread_.joinable()) {
            end(true);
            thread_.join();
        }
    }

    Result<void> push(Item item)
    {
        batch_.push_back(std::move(item));
        return batch_.size() < kBatch ? Result<void>{} : hand_over();
    }

    /// Waits until all is done. Nothing more may be pushed.
    Result<void> finish()
    {
        if (thread_.joinable()) {
            static_cast<void>(hand_over());
            end(false);
            thread_.join();
        }
        return outcome();
    }

private:
    static constexpr std::size_t kBatch = 256;
    static constexpr std::size_t kBatchesAhead = 16;

    Result<void> hand_over()
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_.size() < kBatchesAhead || stopped_; });
        if (stopped_)
            return outcome();
        waiting_.push_back(std::exchange(batch_, {}));
        changed_.notify_all();
        return {};
    }

    void end(bool at_once)
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
        stopped_ = stopped_ || at_once;
        changed_.notify_all();
    }

    Result<void> outcome()
    {
        if (thrown_)
            std::rethrow_exception(thrown_);
        return error_ ? Result<void>{Failure{*error_}} : Result<void>{};
    }

    std::optional<std::vector<Item>> next()
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !waiting_.empty() || ended_ || stopped_; });
        if (stopped_ || waiting_.empty())
            return std::nullopt;
        auto batch = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
        return batch;
    }

    void run()
    {
        try {
            while (auto batch = next())
                for (auto& item : *batch)
                    if (auto done = work_(item); !done)
                        return stop(done.error(), nullptr);
        } catch (...) {
            stop(std::nullopt, std::current_exception());
        }
    }

    void stop(std::optional<Error> error, std::exception_ptr thrown)
    {
        std::lock_guard const lock(mutex_);
        error_ = std::move(error);
        thrown_ = std::move(thrown);
        stopped_ = true;
        changed_.notify_all();
    }

    Work work_;
    std::vector<Item> batch_;  // of the caller's thread
    std::mutex mutex_;         // of all below
    std::condition_variable changed_;
    std::deque<std::vector<Item>> waiting_;
    bool ended_ = false;
    bool stopped_ = false;
    std::optional<Error> error_;
    std::exception_ptr thrown_;
    std::thread thread_;
};

}  // namespace riskbild
