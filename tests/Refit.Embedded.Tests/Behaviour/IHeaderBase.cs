using Refit;

namespace Refit.Behaviour;

[Headers("X-Level: base", "X-Base: yes")]
internal interface IHeaderBase
{
    [Get("/base")]
    Task BaseAsync();
}
