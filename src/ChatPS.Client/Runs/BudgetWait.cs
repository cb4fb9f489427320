using ChatPS.Client.Connections;

namespace ChatPS.Client.Runs;

/// <summary>A wait for room in a budget, as those see it who look on.</summary>
internal static class BudgetWait
{
    /// <summary>Waits until there is room.</summary>
    /// <param name="reservation">What is waited for.</param>
    /// <param name="watch">Shows what is waited for; null where nobody looks on.</param>
    /// <returns>The reservation.</returns>
    /// <exception cref="ChatServiceException">The budget is exceeded.</exception>
    public static async Task<Reservation> SeenBy(this Task<Reservation> reservation, CallWatch? watch)
    {
        watch?.Waits("the budget has no room before a request under way has ended", TimeSpan.Zero);
        Reservation granted = await reservation;
        watch?.GoesOn();
        return granted;
    }
}
