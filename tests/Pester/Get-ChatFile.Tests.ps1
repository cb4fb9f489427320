BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatFile' {
    BeforeAll {
        Connect-TestSandbox
        'one', 'two', 'three' | ForEach-Object { Set-Content (Join-Path $TestDrive "$_.txt") $_ }
        $one = Add-ChatFile (Join-Path $TestDrive one.txt)
        $two = Add-ChatFile (Join-Path $TestDrive two.txt) -Purpose vision
        $three = Add-ChatFile (Join-Path $TestDrive three.txt)
    }

    It 'lists all, the newest first' {
        (Get-ChatFile).FileName | Should -Be 'three.txt', 'two.txt', 'one.txt'
    }

    It 'lists by purpose, order and number' {
        (Get-ChatFile -Purpose user_data).FileName | Should -Be 'three.txt', 'one.txt'
        (Get-ChatFile -Order asc -First 2).FileName | Should -Be 'one.txt', 'two.txt'
    }

    It 'looks at files by id and by pipeline' {
        (Get-ChatFile $one.Id, $two.Id).FileName | Should -Be 'one.txt', 'two.txt'
        ($three, $one | Get-ChatFile).FileName | Should -Be 'three.txt', 'one.txt'
        ($one.Id | Get-ChatFile).Id | Should -Be $one.Id
    }

    It 'says of an unknown id what to do, and goes on' {
        $found = 'file-none', $one.Id | Get-ChatFile -ErrorAction SilentlyContinue -ErrorVariable e
        $found.Id | Should -Be $one.Id
        $e[0].TargetObject | Should -Be 'file-none'
        $e[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-ChatFile*'
    }

    It 'refuses <Name> <Value>' -ForEach @(
        @{ Name = 'First'; Value = 0 }
        @{ Name = 'Purpose'; Value = 'batch'; Dialect = 'Anthropic' }
        @{ Name = 'Order'; Value = 'asc'; Dialect = 'Gemini' }
    ) {
        if ($Dialect) { Connect-ChatService -Sandbox -Dialect $Dialect -Name Vendor }
        $arguments = @{ $Name = $Value; Connection = if ($Dialect) { 'Vendor' } else { 'Test' } }
        Get-ChatFile @arguments -ErrorAction SilentlyContinue -ErrorVariable e | Should -BeNullOrEmpty
        $e[0].Exception.Message | Should -BeLike "*-$Name*"
        if ($Dialect) { Disconnect-ChatService Vendor; Stop-ChatSandbox Vendor }
    }
}
