BeforeAll {
    . $PSScriptRoot/common.ps1
    $path = Join-Path $TestDrive 'session.json'
}

AfterAll {
    Clear-Test
}

Describe 'Import-ChatSession' {
    It 'refuses <What>' -ForEach @(
        @{ What = 'a file that is not there'; Json = $null; Says = '*cannot be read*' }
        @{ What = 'what is no JSON'; Json = '{'; Says = '*damaged*' }
        @{ What = 'another file'; Json = '{ "a": 1 }'; Says = '*no session of ChatPS*' }
        @{ What = 'a newer file'; Json = '{ "format": "chatps-session", "version": 2 }'; Says = '*newer ChatPS*' }
        @{ What = 'headers'; Json = '{ "format": "chatps-session", "version": 1, "id": "x", "created": "2026-01-01T00:00:00Z", "parameters": { "AdditionalHeader": { "a": "b" } } }'; Says = '*AdditionalHeader*' }
        @{ What = 'approval of tools'; Json = '{ "format": "chatps-session", "version": 1, "id": "x", "created": "2026-01-01T00:00:00Z", "parameters": { "ToolApproval": "Auto" } }'; Says = '*ToolApproval*' }
    ) {
        Remove-Item $path -ErrorAction SilentlyContinue
        if ($Json) { Set-Content $path $Json }
        $failure = Get-Failure { Import-ChatSession $path }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike $Says
    }

    It 'takes from a file no <What>, which would run or let in what is not its own' -ForEach @(
        @{ What = 'type of .NET'; Parameter = '{"OutputType":"System.Diagnostics.Process"}' }
        @{ What = 'server of tools'; Parameter = '{"BuiltInTool":[{"type":"mcp","server_url":"https://example.com","require_approval":"never"}]}' }
    ) {
        $path = Join-Path $TestDrive 'hostile.json'
        New-ChatSession | Export-ChatSession $path
        $file = Get-Content $path -Raw | ConvertFrom-Json -AsHashtable
        $file.parameters = $Parameter | ConvertFrom-Json -AsHashtable
        ConvertTo-Json $file -Depth 9 | Set-Content $path
        $failure = Get-Failure { Import-ChatSession $path }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike '*to Invoke-ChatCompletion itself*'
    }

    It 'reads the prices that a session holds' {
        $path = Join-Path $TestDrive 'prices.json'
        New-ChatSession -Parameter @{ PriceTable = @{ 'sandbox*' = @{ Input = 1; Output = 1 } } } | Export-ChatSession $path
        Connect-TestSandbox
        (Invoke-ChatCompletion hi -Session (Import-ChatSession $path)).Cost | Should -BeGreaterThan 0
    }

    It 'reads the others when one cannot be read' {
        $good = Join-Path $TestDrive 'good.json'
        New-ChatSession -Name Good | Export-ChatSession $good
        (Import-ChatSession (Join-Path $TestDrive 'none.json'), $good -ErrorAction SilentlyContinue).Name | Should -Be 'Good'
    }
}
