#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "geo_core/store/store.hpp"
#include "importers/import.hpp"
#include "test_files.hpp"

namespace riskbild::importers {

/// A store in a folder for one test, into which files of places, areas and figures are imported.
class PlaceWorld : public testing::Test {
protected:
    TemporaryFolder folder;
    std::unique_ptr<Store> store;

    void new_store(std::string const& profile)
    {
        auto made = create_store(folder.path() / (profile + ".gpkg"), *load_profile(profile));
        if (!made)
            throw std::runtime_error{made.error().message};
        store = std::move(*made);
    }

    Result<ImportReport> try_import(std::string const& source, std::string const& path,
                                    PlaceOptions options = {})
    {
        if (!store)
            new_store("uppsala");
        auto layer = options.layer;
        return import_files(
            *store,
            {.source = source, .files = {path}, .layer = std::move(layer), .places = std::move(options)});
    }

    ImportReport import(std::string const& source, std::string const& path, PlaceOptions options = {})
    {
        auto report = try_import(source, path, std::move(options));
        if (!report)
            throw std::runtime_error{report.error().message};
        EXPECT_EQ(report->read, report->kept() + report->unchanged + report->outside + report->set_aside);
        return std::move(*report);
    }

    std::vector<NamedPlace> places()
    {
        std::vector<NamedPlace> all;
        EXPECT_TRUE(store->each_named_place([&](NamedPlace const& place) { all.push_back(place); }));
        std::ranges::sort(all, {}, &NamedPlace::source_key);
        return all;
    }

    NamedPlace place(std::string const& key)
    {
        for (auto& place : places())
            if (place.source_key == key)
                return place;
        throw std::runtime_error{"no place " + key};
    }

    void expect_sound()
    {
        auto const checked = store->check(false);
        ASSERT_TRUE(checked) << checked.error().message;
        for (auto const& finding : checked->findings)
            ADD_FAILURE() << finding;
    }
};

}  // namespace riskbild::importers
