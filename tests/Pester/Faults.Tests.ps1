BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
    Clear-ChatUsage
}

Describe 'A service that fails in every way' {
    # One request in twenty is hit by each of six faults. They do not share requests, so each comes a little later than the one before.
    It 'gives each of 2,000 items its answer or its error, in order: <Kind>' -ForEach @(
        @{ Kind = 'whole'; With = @{} }
        @{ Kind = 'streamed'; With = @{ Stream = $true } }
    ) {
        $faults = @(
            @{ StatusCode = 500; Every = 20 }
            @{ Kind = 'Reset'; Every = 19 }
            @{ Kind = 'Silence'; Every = 18 }
            @{ StatusCode = 429; Every = 17 }
            @{ Kind = 'MalformedJson'; Every = 16 }
            @{ Kind = 'TruncatedStream'; Every = 15 }
        )
        Connect-TestSandbox @{ Fault = $faults } @{ TimeoutSec = 0.5 }
        Clear-ChatUsage

        # The sandbox keeps the last 1,000 requests: they are read while they are there.
        $log = @{}
        $readLog = { foreach ($request in Get-TestRequest) { $log[$request.Number] = $request } }
        $records = 1..2000 | ForEach-Object { if ($_ % 300 -eq 0) { . $readLog }; $_ } | Invoke-ChatCompletion @With -ThrottleLimit 64 2>&1
        . $readLog

        $outcomes = foreach ($record in $records) {
            if ($record -is [Management.Automation.ErrorRecord]) {
                [pscustomobject]@{ Item = $record.TargetObject; ErrorId = $record.Exception.ErrorId }
            }
            elseif ($record -is [ChatPS.ChatCompletion] -or $record.Completion) {
                $answer = if ($record -is [ChatPS.ChatCompletion]) { $record } else { $record.Completion }
                [pscustomobject]@{ Item = $answer.Input; ErrorId = if ($answer.Text -ceq "You said: $($answer.Input)") { '' } else { "wrong: $($answer.Text)" } }
            }
        }

        ($outcomes.Item -join ' ') | Should -BeExactly (1..2000 -join ' ') -Because 'each item has one outcome, in its turn'

        $log.Count | Should -Be 2000
        $played = $log.Values | Group-Object Fault -AsHashTable -AsString
        $failed = $outcomes | Group-Object ErrorId -AsHashTable -AsString
        $cut = if ($With.Stream) { 'StreamTruncated' } else { 'ConnectionFailed' }
        $due = @{}
        foreach ($pair in @{ 'Status 500' = 'ServerError'; Reset = 'ConnectionFailed'; Silence = 'Timeout'; 'Status 429' = 'RateLimited'; MalformedJson = 'BadResponse'; TruncatedStream = $cut }.GetEnumerator()) {
            $played[$pair.Key].Count | Should -BeIn (90..110) -Because "$($pair.Key) is played about once in twenty"
            $due[$pair.Value] += $played[$pair.Key].Count
        }

        foreach ($errorId in $due.Keys) {
            $failed[$errorId].Count | Should -Be $due[$errorId] -Because $errorId
        }

        $answered = @($outcomes | Where-Object ErrorId -EQ '').Count
        $answered | Should -Be @($log.Values | Where-Object { -not $_.Fault }).Count
        $answered + ($due.Values | Measure-Object -Sum).Sum | Should -Be 2000

        $totals = Get-ChatUsage Test
        ($totals | Measure-Object Requests -Sum).Sum | Should -Be 2000
        ($totals | Measure-Object Succeeded -Sum).Sum | Should -Be $answered
        ($totals | Measure-Object Failures -Sum).Sum | Should -Be (2000 - $answered)
    }
}
