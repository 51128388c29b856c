#include "geo_core/batch_worker.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>

namespace riskbild {
namespace {

TEST(BatchWorker, WorksOnAllInOrder)
{
    std::vector<int> seen;
    BatchWorker<int> worker{[&](int& item) -> Result<void> {
        seen.push_back(item);
        return {};
    }};
    std::vector<int> expected(20'000);
    std::iota(expected.begin(), expected.end(), 0);
    for (auto const item : expected)
        ASSERT_TRUE(worker.push(item));
    ASSERT_TRUE(worker.finish());
    EXPECT_EQ(seen, expected);
}

TEST(BatchWorker, TellsTheFirstErrorAndStops)
{
    std::atomic<int> last = 0;
    BatchWorker<int> worker{[&](int& item) -> Result<void> {
        last = item;
        return item == 10 ? fail(ErrorCode::full, "the disk is full") : Result<void>{};
    }};
    auto told = Result<void>{};
    for (int item = 0; item < 1'000'000 && told; ++item)
        told = worker.push(item);
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().message, "the disk is full");
    ASSERT_FALSE(worker.finish());
    EXPECT_EQ(last, 10);
}

TEST(BatchWorker, HandsAnExceptionOver)
{
    BatchWorker<int> worker{[](int&) -> Result<void> { throw std::runtime_error("out of luck"); }};
    ASSERT_TRUE(worker.push(1));
    EXPECT_THROW(static_cast<void>(worker.finish()), std::runtime_error);
}

TEST(BatchWorker, DropsWhatWaitsWithoutFinish)
{
    constexpr int kItems = 4096;  // which would take it four seconds
    std::atomic<int> done = 0;
    {
        BatchWorker<int> worker{[&](int&) -> Result<void> {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
            ++done;
            return {};
        }};
        for (int i = 0; i < kItems; ++i)
            ASSERT_TRUE(worker.push(i));
    }
    EXPECT_LT(done, kItems);
}

}  // namespace
}  // namespace riskbild
