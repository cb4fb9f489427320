using System.Management.Automation;
using System.Reflection;
using ChatPS.Client.Faults;
using ChatPS.Scheduling;

namespace ChatPS.Tests;

public sealed class ErrorsTests
{
    public static TheoryData<string> Ids => [.. Constants.Select(constant => (string)constant.GetRawConstantValue()!)];

    private static FieldInfo[] Constants => typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Category_EveryErrorId_HasOne(string id) => Assert.NotEqual(ErrorCategory.NotSpecified, Errors.Category(id));

    [Theory]
    [InlineData(ErrorIds.AuthenticationFailed, ErrorCategory.AuthenticationError)]
    [InlineData(ErrorIds.QuotaExceeded, ErrorCategory.QuotaExceeded)]
    [InlineData(ErrorIds.ModelNotFound, ErrorCategory.ObjectNotFound)]
    [InlineData(ErrorIds.InvalidRequest, ErrorCategory.InvalidArgument)]
    [InlineData(ErrorIds.Timeout, ErrorCategory.OperationTimeout)]
    [InlineData(ErrorIds.ConnectionFailed, ErrorCategory.ConnectionError)]
    [InlineData(ErrorIds.CheckpointFailed, ErrorCategory.WriteError)]
    [InlineData("Unheard", ErrorCategory.NotSpecified)]
    public void Category_ErrorId_IsWhatAdminsExpect(string id, ErrorCategory category) => Assert.Equal(category, Errors.Category(id));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/about/about_ChatPS.md")]
    [InlineData("docs/concepts/errors.md")]
    public void Ids_Each_IsInThePage(string page)
    {
        string text = File.ReadAllText(Repository.PathOf(page));

        Assert.All(Constants, constant => Assert.Contains(constant.Name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_Always_AreTheirOwnNames() => Assert.All(Constants, constant => Assert.Equal(constant.Name, constant.GetRawConstantValue()));
}
