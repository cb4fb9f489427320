using Refit;

namespace Refit.Behaviour;

internal interface IOptionsApi
{
    [Get("/o/{id}")]
    Task GetAsync(string id, [Property("call")] object? call, [Property] int number);
}
