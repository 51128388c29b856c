#include "tiles/memo.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace riskbild::tiles {
namespace {

TEST(Memo, WorksOnceForAllWhoAskAtTheSameTime)
{
    auto memo = Memo<int>{4};
    auto worked = std::atomic<int>{0};
    auto threads = std::vector<std::jthread>{};
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&] {
            auto const answer = memo.get("a", [&]() -> Result<int> {
                std::this_thread::sleep_for(std::chrono::milliseconds{20});
                return ++worked;
            });
            EXPECT_EQ(**answer, 1);
        });
    }
    threads.clear();
    EXPECT_EQ(worked, 1);
}

TEST(Memo, ForgetsTheOneAskedForLongestAgo)
{
    auto memo = Memo<int>{2};
    auto worked = 0;
    auto const ask = [&](std::string const& name) {
        return **memo.get(name, [&]() -> Result<int> { return ++worked; });
    };
    EXPECT_EQ(ask("a"), 1);
    EXPECT_EQ(ask("b"), 2);
    EXPECT_EQ(ask("a"), 1);
    EXPECT_EQ(ask("c"), 3);
    EXPECT_EQ(ask("a"), 1);
    EXPECT_EQ(ask("b"), 4);
}

TEST(Memo, DoesNotRememberFailures)
{
    auto memo = Memo<int>{2};
    auto const failing = [&]() -> Result<int> { return fail(ErrorCode::busy, "later"); };
    EXPECT_EQ(memo.get("a", failing).error().code, ErrorCode::busy);
    EXPECT_EQ(**memo.get("a", []() -> Result<int> { return 5; }), 5);
}

TEST(Memo, AnExceptionIsAnInternalError)
{
    auto memo = Memo<int>{2};
    auto const answer = memo.get("a", []() -> Result<int> { throw std::runtime_error("broken"); });
    EXPECT_EQ(answer.error().code, ErrorCode::internal);
    EXPECT_EQ(answer.error().message, "broken");
}

}  // namespace
}  // namespace riskbild::tiles
