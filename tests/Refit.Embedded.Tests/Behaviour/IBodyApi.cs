using Refit;

namespace Refit.Behaviour;

internal interface IBodyApi
{
    [Post("/b")]
    Task ObjectAsync([Body] Person person);

    [Post("/b")]
    Task BufferedAsync([Body(buffered: true)] Person? person);

    [Put("/b")]
    Task ImplicitAsync(Person person, string query);

    [Delete("/b")]
    Task DeleteAsync([Body] Person person);

    [Patch("/b")]
    Task StringAsync([Body] string text);

    [Post("/b")]
    Task SerializedStringAsync([Body(BodySerializationMethod.Serialized)] object text);

    [Post("/b")]
    Task StreamAsync([Body] Stream stream);

    [Post("/b")]
    Task ContentAsync([Body] HttpContent content);

    [Post("/b")]
    Task FormAsync([Body(BodySerializationMethod.UrlEncoded)] FormQuery form);

    [Post("/b")]
    Task FormMapAsync([Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, string> form);

    [Head("/b")]
    Task HeadAsync();

    [Options("/b")]
    Task OptionsAsync();
}
