#pragma once

#include <memory>
#include <string>

#include "geo_core/view.hpp"
#include "layers/layer.hpp"
#include "tiles/memo.hpp"

namespace riskbild::tiles {

/// What is asked of a layer, checked and complete.
struct LayerWish {
    layers::Layer const* layer = nullptr;
    Filter filter;
    layers::Options options;  ///< complete
    /// One text for one wish.
    [[nodiscard]] std::string name() const;
};

/// \return ErrorCode::not_found for no such layer, ErrorCode::wrong_use naming the option
Result<LayerWish> wish_for(std::string const& layer, Filter filter, layers::Options const& options);

/// What the layers answer for one view: each question is computed once, however many ask, and the answers
/// last asked for are kept, for tiles, legends, tables and jobs alike. Any thread may ask.
class LayerResults {
public:
    using Answer = Memo<layers::LayerResult>::Answer;

    explicit LayerResults(View view);

    /// Computes what is not there. \return ErrorCode::busy at once while a job computes the same, so that
    /// nobody's thread waits for it; else as the layer
    Answer get(LayerWish const& wish, Progress const& progress) const;
    /// The same for a job, which waits for whoever computes the same.
    Answer compute(LayerWish const& wish, Progress const& progress) const;

    [[nodiscard]] View const& view() const { return view_; }

private:
    View view_;
    mutable Memo<layers::LayerResult> results_;
};

}  // namespace riskbild::tiles
