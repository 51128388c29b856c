#include "tiles/tile_source.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "geo_core/profile.hpp"
#include "tests/support/made_up_county.hpp"
#include "tests/tiles/uppsala.hpp"
#include "tiles/layer_results.hpp"

namespace riskbild::tiles {
namespace {

namespace fs = std::filesystem;
using namespace riskbild::testing;

/// A copy of `data/` that a test may spoil, in use while this lives.
class DataOfItsOwn {
public:
    DataOfItsOwn()
    {
        auto name = (fs::temp_directory_path() / "riskbild-data-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        for (auto const* const part : {"styles", "figures", "kinds", "profiles"}) {
            fs::copy(data_directory() / part, folder_ / part, fs::copy_options::recursive);
        }
        ::setenv("RISKBILD_DATA", folder_.c_str(), 1);
    }
    ~DataOfItsOwn()
    {
        ::unsetenv("RISKBILD_DATA");
        auto ignored = std::error_code{};
        fs::remove_all(folder_, ignored);
    }
    DataOfItsOwn(DataOfItsOwn const&) = delete;
    DataOfItsOwn& operator=(DataOfItsOwn const&) = delete;

    [[nodiscard]] fs::path const& folder() const { return folder_; }

private:
    fs::path folder_;
};

LayerSource background_of(MakeSources const& make, View const& view)
{
    return make(std::make_shared<LayerResults const>(view)).value().back();
}

TEST(SourcesFromData, ReadStylesAndFiguresOnce)
{
    auto const data = DataOfItsOwn{};
    auto const first_view = uppsala_view({}, Revision{1});
    auto const later_view = uppsala_view({}, Revision{2});
    auto const make = sources_from_data();
    auto const first = background_of(make, first_view);
    fs::remove_all(data.folder() / "styles");
    fs::remove_all(data.folder() / "figures");
    auto const later = background_of(make, later_view);
    EXPECT_EQ(later.source, first.source);
    EXPECT_EQ(later.made_of, first.made_of);
    EXPECT_FALSE(sources_from_data()(std::make_shared<LayerResults const>(later_view)));
}

TEST(SourcesFromData, NameTheBackgroundByWhatItIsMadeOf)
{
    auto const data = DataOfItsOwn{};
    auto const view = uppsala_view({});
    auto const make = sources_from_data();
    auto const name = background_of(make, view).made_of;
    EXPECT_EQ(background_of(sources_from_data(), view).made_of, name) << "the same after another start";
    EXPECT_NE(background_of(make, made_up_view({})).made_of, name) << "another county";
    EXPECT_EQ(background_of(make, view).made_of, name);
    std::ofstream{data.folder() / "figures" / "uppsala_lan_label_points.csv", std::ios::app}
        << "Nowhere,650000,6640000\n";
    EXPECT_NE(background_of(sources_from_data(), view).made_of, name) << "other figures";
}

}  // namespace
}  // namespace riskbild::tiles
