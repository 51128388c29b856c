#pragma once

#include <chrono>
#include <exception>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "geo_core/result.hpp"

namespace riskbild::tiles {

/// Remembers the results of costly work by name, the most recently asked ones. Asked by several threads for
/// the same at once, works once and lets the others wait. Failures are not remembered.
template <class Value>
class Memo {
public:
    using Answer = Result<std::shared_ptr<Value const>>;

    explicit Memo(std::size_t most) : most_(most) {}

    /// \param make called without arguments, gives `Result<Value>`
    template <class Make>
    Answer get(std::string const& name, Make const& make)
    {
        auto promise = std::promise<Answer>{};
        {
            auto lock = std::unique_lock{mutex_};
            if (auto const found = entries_.find(name); found != entries_.end()) {
                order_.splice(order_.begin(), order_, found->second.place);
                auto const future = found->second.future;
                lock.unlock();
                return future.get();
            }
            order_.push_front(name);
            entries_.emplace(name, Entry{promise.get_future().share(), order_.begin()});
            if (entries_.size() > most_) {
                entries_.erase(order_.back());
                order_.pop_back();
            }
        }
        auto answer = worked(make);
        promise.set_value(answer);
        if (!answer) {
            forget(name);
        }
        return answer;
    }

    /// Whether somebody works on it just now.
    [[nodiscard]] bool is_being_made(std::string const& name)
    {
        auto const lock = std::lock_guard{mutex_};
        auto const found = entries_.find(name);
        return found != entries_.end() &&
               found->second.future.wait_for(std::chrono::seconds{0}) != std::future_status::ready;
    }

private:
    struct Entry {
        std::shared_future<Answer> future;
        std::list<std::string>::iterator place;
    };

    template <class Make>
    static Answer worked(Make const& make)
    {
        try {
            auto made = make();
            if (!made) {
                return Failure{made.error()};
            }
            return std::make_shared<Value const>(std::move(*made));
        } catch (std::exception const& error) {
            return fail(ErrorCode::internal, error.what());
        }
    }

    void forget(std::string const& name)
    {
        auto const lock = std::lock_guard{mutex_};
        if (auto const found = entries_.find(name); found != entries_.end()) {
            order_.erase(found->second.place);
            entries_.erase(found);
        }
    }

    std::mutex mutex_;
    std::size_t most_;
    std::list<std::string> order_;  // most recently asked first
    std::map<std::string, Entry> entries_;
};

}  // namespace riskbild::tiles
