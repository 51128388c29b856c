#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo_core/store/geopackage_store.hpp"
#include "geo_core/store/sqlite_handle.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::testing {

/// A folder for one test, gone afterwards.
class TestFolder {
public:
    TestFolder();
    ~TestFolder();
    TestFolder(TestFolder const&) = delete;
    TestFolder& operator=(TestFolder const&) = delete;
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// The value, or the test program ends with the error's sentence.
template <class T>
T must(Result<T> result, char const* what = "")
{
    if (!result) {
        throw std::runtime_error(std::string(what) + result.error().message);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

[[nodiscard]] Profile const& uppsala();

/// `2025-01-01T00:00:00Z` and so many hours.
[[nodiscard]] Instant hour(int hours);

/// A report of `police` about a theft in the first hour of 2025, known to kommun 0380 only, seen at hour 100.
/// Its payload is made from `says`.
[[nodiscard]] Report told(std::string source_id, std::string says = "theft");
[[nodiscard]] Report at(Report report, double east, double north, Precision precision = Precision::street);
[[nodiscard]] Report of_source(Report report, std::string source);
[[nodiscard]] Report quoting(Report report, std::string case_number);
[[nodiscard]] Report seen(Report report, int hours);
[[nodiscard]] Report of_kind(Report report, std::string code);
[[nodiscard]] Report during(Report report, int from_hour, int to_hour);

/// An opened store for Uppsala with the sources `police` (rank 10), `transit` (20) and `shops` (30).
class StoreWorld : public ::testing::Test {
protected:
    StoreWorld();

    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "county.gpkg"; }
    [[nodiscard]] std::unique_ptr<Store> make(std::string const& name,
                                              store::StoreOptions const& options = {});
    /// Closes and opens `county.gpkg` again.
    void reopen(Store::Access access = Store::Access::read_write);

    /// One session with these reports. \return what became of each
    std::vector<Taken> import(std::vector<Report> const& reports);
    [[nodiscard]] Revision revision() { return must(store_->revision()); }
    [[nodiscard]] View analyst() { return View(must(store_->snapshot()), Role::analyst); }
    [[nodiscard]] std::string dump() { return riskbild::testing::StoreWorld::dump_of(*store_); }
    [[nodiscard]] static std::string dump_of(Store& store);
    /// One number from the file by SQL, on a connection of its own.
    [[nodiscard]] std::int64_t count(std::string const& sql);
    void run_sql(std::string const& sql);
    /// All incidents, in order of public id, as lines of the dump.
    [[nodiscard]] std::vector<std::string> incident_lines();
    void expect_sound();

    TestFolder folder_;
    std::unique_ptr<Store> store_;
};

/// Takes all reports in one session of their source.
std::vector<Taken> import_into(Store& store, std::vector<Report> const& reports);
void declare_sources(Store& store);
/// A session of this source that brings nothing.
void declare(Store& store, Source const& source);
/// One of the three, or another with a rank behind them.
[[nodiscard]] Source source_named(std::string const& name);

}  // namespace riskbild::testing
